/** Who runs mhtctl, as AWS knows him. */
export interface Identity {
  readonly accountId: string;
  /** ARN of the caller, after the environment's role was assumed. */
  readonly arn: string;
}
