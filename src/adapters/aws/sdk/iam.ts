/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  paginateListInstanceProfiles,
  paginateListPolicyTags,
} from '@aws-sdk/client-iam';
