/** The household's other devices: what the server says of them, and being let in. */
import { get, post, request, unpaired } from "./http";
import { source } from "./load";

export interface Device {
  id: string;
  name: string;
  paired_at: string;
  seen_at: string;
}

/** What lets one device in. */
export interface Invitation {
  address: string;
  code: string;
  until: string;
  qr: string;
  fingerprint: string | null;
}

export interface Lan {
  on: boolean;
  /** The device that asks; null at the computer itself. */
  device: Device | null;
  invitation: Invitation | null;
  /** Whether there is a certificate of the home's own to install. */
  certificate: boolean;
}

export const lan = source<Lan>("/api/lan");

export const CERTIFICATE = "/api/lan/certificate.crt";
export const PROFILE = "/api/lan/certificate.mobileconfig";

export const whoAmI = (): Promise<Lan> => get<Lan>("/api/lan");
export const anotherCode = (): Promise<Invitation> => post<Invitation>("/api/lan/code", {});
export const devices = async (): Promise<Device[]> => (await get<{ devices: Device[] }>("/api/lan/devices")).devices;
/** What is left. calendars: whether any calendar needs another address from now on. */
export const takeAway = (id: string): Promise<{ devices: Device[]; calendars: boolean }> =>
  request("DELETE", `/api/lan/devices/${encodeURIComponent(id)}`);

/** Be let in for the code. Raises a Problem with the server's sentence when it is not the one. */
export async function beLetIn(code: string, name: string): Promise<void> {
  await post("/api/lan/pair", { code, name });
  unpaired.value = false;
}
