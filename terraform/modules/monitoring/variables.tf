variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }
}

variable "kms_key_arn" {
  description = "ARN of the environment's KMS key."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not of an alias): pass the encryption module's key_arn."
  }
}

variable "log_group_name" {
  description = "Name of the application's CloudWatch log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]+$", var.log_group_name))
    error_message = "log_group_name must be a log group's name: letters, digits, and . _ / # -."
  }
}

variable "log_retention_days" {
  description = "Days that the application's logs are kept."
  type        = number
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 1
    error_message = "log_retention_days must be at least 1: logs that never expire are not offered."
  }
}

variable "alarm_topic_name" {
  description = "Name of the SNS topic of the alarms."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.alarm_topic_name))
    error_message = "alarm_topic_name must be letters, digits, dashes and underscores."
  }
}

variable "alarm_email_addresses" {
  description = "Addresses that are asked to subscribe to the alarms."
  type        = set(string)
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alarm_email_addresses : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "alarm_email_addresses must be e-mail addresses, for example [\"oncall@example.com\"]."
  }
}

variable "load_balancer_arn_suffix" {
  description = "The load balancer as CloudWatch's metrics name it."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.load_balancer_arn_suffix, "app/")
    error_message = "load_balancer_arn_suffix must be like app/<name>/<id>: pass the load-balancer module's arn_suffix."
  }
}

variable "target_group_arn_suffix" {
  description = "The target group as CloudWatch's metrics name it."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.target_group_arn_suffix, "targetgroup/")
    error_message = "target_group_arn_suffix must be like targetgroup/<name>/<id>: pass the load-balancer module's target_group_arn_suffix."
  }
}

variable "queue_alarms" {
  description = "The queues to alarm on, by key; empty for no queue alarms."
  type = map(object({
    queue_name             = string
    dead_letter_queue_name = string
    max_depth              = number
  }))
  nullable = false

  validation {
    condition     = alltrue([for queue in values(var.queue_alarms) : queue.max_depth >= 1])
    error_message = "max_depth of each queue must be at least 1. To have no alarm, leave the queue out."
  }
}
