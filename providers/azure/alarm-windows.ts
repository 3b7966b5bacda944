/** Windows that Azure Monitor offers, minutes. Others are refused when the alert is made. */
const METRIC = [1, 5, 15, 30, 60, 360, 720, 1440];
const QUERY = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440];

/** How long is looked back, and how often, as ISO 8601 durations. */
export interface Window {
  readonly windowSize: string;
  readonly evaluationFrequency: string;
}

const iso = (minutes: number): string =>
  minutes % 1440 === 0
    ? `P${minutes / 1440}D`
    : minutes % 60 === 0
      ? `PT${minutes / 60}H`
      : `PT${minutes}M`;

function windowOf(minutes: number, offered: readonly number[], leastFrequency: number): Window {
  const size = offered.find((offer) => offer >= minutes) ?? 1440;
  // Asking more often than every fifth of the window only costs.
  const frequency = size >= 60 ? 15 : Math.max(leastFrequency, Math.min(5, size));
  return { windowSize: iso(size), evaluationFrequency: iso(frequency) };
}

/** The shortest window of a metric alert that is at least that long. */
export const metricWindow = (minutes: number): Window => windowOf(minutes, METRIC, 1);

/** The shortest window of a log alert that is at least that long. */
export const queryWindow = (minutes: number): Window => windowOf(minutes, QUERY, 5);
