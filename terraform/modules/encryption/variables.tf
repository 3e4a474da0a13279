variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }
}

variable "log_group_names" {
  description = "Names of the CloudWatch log groups that may be encrypted with the key."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.log_group_names) > 0 && alltrue([for name in var.log_group_names : can(regex("^[A-Za-z0-9._/#-]+$", name))])
    error_message = "log_group_names must be the full names of log groups, without wildcards: a wildcard could reach another environment's groups."
  }
}

variable "alarm_topic_name" {
  description = "Name of the SNS topic to which CloudWatch publishes alarms under the key."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.alarm_topic_name))
    error_message = "alarm_topic_name must be the name of an SNS topic, not its ARN."
  }
}
