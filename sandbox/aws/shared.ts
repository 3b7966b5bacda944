/** A key may be named by its ARN, its ID or an alias. */
export const ANY_KEY =
  "aws:kms/key:Key#arn|aws:kms/key:Key|aws:kms/alias:Alias#arn|aws:kms/alias:Alias";
