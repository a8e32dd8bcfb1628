/** A file to choose, in the words' own language: the browser's button speaks the browser's. */
import { useState } from "preact/hooks";
import { t } from "../words/words";

interface FilePickProps {
  label: string;
  accept: string;
  disabled?: boolean;
  /** Gets the field itself, which may be emptied so that the same file can be chosen again. */
  onPick(input: HTMLInputElement): void;
}

export function FilePick({ label, accept, disabled, onPick }: FilePickProps) {
  const [name, setName] = useState("");
  const pick = (input: HTMLInputElement) => {
    setName(input.files?.[0]?.name ?? "");
    onPick(input);
  };
  return (
    <label class="field filepick">
      <span>{label}</span>
      <input type="file" accept={accept} disabled={disabled} onChange={(event) => pick(event.currentTarget)} />
      <span class="filepick-shown" aria-hidden="true">
        <span class="button button-plain">{t("ui.file.choose")}</span> <span>{name || t("ui.file.none")}</span>
      </span>
    </label>
  );
}
