import { freeTypes, type ResourceTypes } from '../resource-type.js';

/** IAM, which is free, and what exists in Terraform's state alone. */
export const IDENTITY: ResourceTypes = freeTypes(
  'aws_iam_access_key',
  'aws_iam_group',
  'aws_iam_instance_profile',
  'aws_iam_openid_connect_provider',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_iam_service_linked_role',
  'aws_iam_user',
  'aws_iam_user_policy',
  'aws_iam_user_policy_attachment',
  'null_resource',
  'random_id',
  'random_password',
  'random_pet',
  'random_string',
  'terraform_data',
  'time_sleep',
);
