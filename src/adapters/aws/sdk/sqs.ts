/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { GetQueueAttributesCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
