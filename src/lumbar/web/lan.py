"""The routes of the home network: letting a device in, the certificate to install, and who was let in."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from lumbar.app.calendar import CalendarKeys, renew_all
from lumbar.app.pairing import Offer, Pairing
from lumbar.app.ports import Device, HomeNetwork
from lumbar.core.errors import NotFound
from lumbar.web import schemas
from lumbar.web.asking import PROBLEMS, AtTheComputer, gives
from lumbar.web.doors import CERTIFICATE_PATHS, PAIR_PAGE, PAIR_PATH, device_cookie
from lumbar.web.requests import PairIn

_CERTIFICATE, _PROFILE = CERTIFICATE_PATHS

Answer = dict[str, Any]


def lan_routes(pairing: Pairing, network: HomeNetwork | None, keys: CalendarKeys) -> APIRouter:
    """The routes. network: None while the home network is not served; devices can be taken away even then."""
    api = APIRouter(default_response_class=JSONResponse)
    _device_routes(api, pairing, keys)
    _certificate_routes(api, network)

    def served() -> HomeNetwork:
        if network is None or not network.names():
            raise NotFound("error.lan-off")
        return network

    @api.get("/api/lan", response_model=None, responses=gives(schemas.LanOut))
    def lan(request: Request) -> Answer:
        """Whether the home network is served, where, and which device asks. The code is given at the computer alone."""
        device: Device | None = request.state.device
        on = network is not None and bool(network.names())
        told = _invitation(network, pairing.offer()) if network is not None and on and device is None else None
        return {
            "on": on,
            "device": None if device is None else _device(device),
            "invitation": told,
            "certificate": network is not None and on and network.certificate() is not None,
        }

    @api.post(
        "/api/lan/code", response_model=None, responses=gives(schemas.InvitationOut, 404), dependencies=AtTheComputer
    )
    def code() -> Answer:
        """Another code; the one before it lets nobody in any more."""
        return _invitation(served(), pairing.another())

    @api.post(PAIR_PATH, response_model=None, responses=gives(schemas.PairedOut, 400, 404, 413, 422, 503))
    def pair(request: Request, sent: PairIn) -> JSONResponse:
        """Let this device in for a code. The cookie that comes with the answer speaks for it from now on."""
        served()
        device, credential = pairing.redeem(sent.code, sent.name)
        answer = JSONResponse({"device": _device(device)})
        answer.headers.append("set-cookie", device_cookie(request.headers, credential))
        return answer

    return api


def _device_routes(api: APIRouter, pairing: Pairing, keys: CalendarKeys) -> None:
    @api.get(
        "/api/lan/devices",
        response_model=None,
        responses=gives(schemas.DevicesOut, 503),
        dependencies=AtTheComputer,
    )
    def devices() -> Answer:
        """The devices that were let in, the latest first."""
        return {"devices": [_device(device) for device in pairing.devices()]}

    @api.delete(
        "/api/lan/devices/{device}",
        response_model=None,
        responses=gives(schemas.RevokedOut, 404, 503),
        dependencies=AtTheComputer,
    )
    def revoke(device: Annotated[str, Path(max_length=64)]) -> Answer:
        """Let a device in no more, from this moment on, nor by a calendar's address that it knows. Gives those that are
        left."""
        pairing.revoke(device)
        renewed = renew_all(keys)
        return {"devices": [_device(one) for one in pairing.devices()], "calendars": renewed}


def _certificate_routes(api: APIRouter, network: HomeNetwork | None) -> None:
    def file(content: bytes | None, media_type: str, name: str) -> Response:
        if content is None:
            raise NotFound("error.no-certificate")
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=media_type, headers=headers)

    described: dict[int | str, dict[str, Any]] = {200: {"description": "The file."}, 404: PROBLEMS[404]}

    @api.get(_CERTIFICATE, response_class=Response, responses=described)
    def certificate() -> Response:
        """The home's certificate, to be installed on a device."""
        return file(network.certificate() if network else None, "application/x-x509-ca-cert", "lumbar.crt")

    @api.get(_PROFILE, response_class=Response, responses=described)
    def profile() -> Response:
        """The same as a configuration profile for iPhones and iPads."""
        kind = "application/x-apple-aspen-config"
        return file(network.profile() if network else None, kind, "lumbar.mobileconfig")


def _invitation(network: HomeNetwork, offer: Offer) -> Answer:
    address = network.address()
    # Behind the #, so that no server and no log ever sees the code.
    link = f"{address.rstrip('/')}{PAIR_PAGE}#{offer.shown}"
    return {
        "address": address,
        "code": offer.shown,
        "until": offer.until.isoformat(),
        "qr": network.picture(link),
        "fingerprint": network.fingerprint(),
    }


def _device(device: Device) -> Answer:
    return {
        "id": device.id,
        "name": device.name,
        "paired_at": device.paired_at.isoformat(),
        "seen_at": device.seen_at.isoformat(),
    }
