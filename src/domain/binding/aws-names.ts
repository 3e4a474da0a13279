const ACCOUNT_ID = /^\d{12}$/;
const REGION = /^[a-z]+(-[a-z]+)+-\d+$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::(?<account>\d{12}):role\/\S+$/;

/** Whether a text is an AWS account id. */
export function isAccountId(text: string): boolean {
  return ACCOUNT_ID.test(text);
}

/** Whether a text has the form of an AWS region; which regions exist is AWS's to say. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/** The account of an IAM role's ARN; undefined when the text is no such ARN. */
export function accountOfRole(arn: string): string | undefined {
  return ROLE_ARN.exec(arn)?.groups?.['account'];
}
