/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export {
  GetScheduleCommand,
  ListTagsForResourceCommand,
  paginateListScheduleGroups,
  paginateListSchedules,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
