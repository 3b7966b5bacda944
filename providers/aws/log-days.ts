import type { Problems } from "../../components/errors";

/** Retentions that CloudWatch Logs offers, days. */
const OFFERED = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** CloudWatch refuses other values; rounding would keep less or more than was promised. */
export function checkLogDays(days: number, path: string, problems: Problems): void {
  if (OFFERED.includes(days)) return;
  const near = OFFERED.find((offered) => offered > days) ?? 3653;
  problems.add(path, `${days} days is not offered by CloudWatch Logs; use ${near}`);
}
