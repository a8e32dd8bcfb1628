/** Nought to ten, one tap; what the ends mean stands beside just these. Buttons, not radio buttons: those would pick at the first arrow key. */

export interface ScaleProps {
  legend: string;
  /** Hide the legend where a heading says the same. */
  quietLegend?: boolean;
  low: string;
  high: string;
  value: number | null;
  onPick(value: number): void;
}

const STEPS = Array.from({ length: 11 }, (_, i) => i);

export function Scale({ legend, quietLegend = false, low, high, value, onPick }: ScaleProps) {
  const name = (step: number) => (step === 0 ? `0, ${low}` : step === 10 ? `10, ${high}` : undefined);
  return (
    <fieldset class="scale">
      <legend class={quietLegend ? "hidden" : "scale-legend"}>{legend}</legend>
      <div class="scale-steps">
        <span class="scale-low" aria-hidden="true">
          {low}
        </span>
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            class="scale-step number"
            aria-pressed={value === step}
            aria-label={name(step)}
            onClick={() => onPick(step)}
          >
            {step}
          </button>
        ))}
        <span class="scale-high" aria-hidden="true">
          {high}
        </span>
      </div>
    </fieldset>
  );
}
