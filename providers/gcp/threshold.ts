import type * as pulumi from "@pulumi/pulumi";

interface Shape {
  /** How points of one series become one. */
  readonly align: string;
  /** How series become one; absent where there is one only. */
  readonly reduce?: string;
  /** Minutes that one point stands for. Default 1. */
  readonly window?: number;
  /** Minutes that it must stay above. Default: at once. */
  readonly minutes?: number;
  /** The value is a share of this. */
  readonly denominator?: pulumi.Input<string>;
}

interface Aggregation {
  alignmentPeriod: string;
  perSeriesAligner: string;
  crossSeriesReducer?: string;
}

export interface Condition {
  displayName: string;
  conditionThreshold: {
    filter: pulumi.Input<string>;
    comparison: string;
    thresholdValue: number;
    duration: string;
    aggregations: Aggregation[];
    denominatorFilter?: pulumi.Input<string>;
    denominatorAggregations?: Aggregation[];
    evaluationMissingData?: string;
  };
}

/** A condition on a metric that is above a value. Periods are whole minutes: seconds are refused. */
export function threshold(
  displayName: string,
  filter: pulumi.Input<string>,
  thresholdValue: number,
  { align, reduce, window = 1, minutes = 0, denominator }: Shape,
): Condition {
  const aggregations = [
    {
      alignmentPeriod: `${window * 60}s`,
      perSeriesAligner: align,
      ...(reduce ? { crossSeriesReducer: reduce } : {}),
    },
  ];
  return {
    displayName,
    conditionThreshold: {
      filter,
      comparison: "COMPARISON_GT",
      thresholdValue,
      duration: `${minutes * 60}s`,
      aggregations,
      ...(denominator
        ? { denominatorFilter: denominator, denominatorAggregations: aggregations }
        : {}),
      // Without traffic there are no points; that alone raises nothing.
      ...(minutes > 0 ? { evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE" } : {}),
    },
  };
}
