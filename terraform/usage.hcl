# What the team knows of the use of each environment's resources, a month. mhtctl's cost-report and the
# cost in a plan read this file; Terraform does not. What is not said here is assumed: docs/cost.md lists
# every name with what is assumed of it.
#
# A block for each environment, in it one for each resource type, or with a label for one resource:
#
#   environment "staging" {
#     aws_lb {
#       average_lcus = 0.2
#     }
#     aws_s3_bucket "module.storage.aws_s3_bucket.this[\"data\"]" {
#       stored_gb        = 120
#       objects          = 400000
#       infrequent_share = 0.7
#     }
#   }

environment "staging" {
}

environment "production" {
}
