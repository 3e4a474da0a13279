variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }

  validation {
    # IAM and EventBridge Scheduler allow 64 characters, and a schedule is <name_prefix>-off-hours-start.
    condition     = length(var.name_prefix) <= 48
    error_message = "name_prefix must not exceed 48 characters, because names of schedules end at 64. Shorten the project's name."
  }
}

variable "environment" {
  description = "Value of the Environment tag of the instances that may be stopped and started."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*$", var.environment))
    error_message = "environment must be lower-case letters and digits without wildcards, because it decides a permission: for example \"staging\"."
  }
}

variable "instance_ids" {
  description = "Ids of the instances to stop and start."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.instance_ids) >= 1 && alltrue([for id in var.instance_ids : can(regex("^i-[0-9a-f]{8,17}$", id))])
    error_message = "instance_ids must be at least one instance id such as \"i-0123456789abcdef0\": pass the compute module's instance_ids."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that the instances' volumes are encrypted with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not of an alias): pass the encryption module's key_arn."
  }
}

variable "start" {
  description = "Time of day at which the instances are started, HH:MM in time_zone."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.start))
    error_message = "start must be a time of day from 00:00 to 23:59, for example \"07:00\"."
  }
}

variable "stop" {
  description = "Time of day at which the instances are stopped, HH:MM in time_zone, later than start."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.stop))
    error_message = "stop must be a time of day from 00:00 to 23:59, for example \"20:00\"."
  }

  validation {
    condition     = replace(var.stop, ":", "") > replace(var.start, ":", "")
    error_message = "stop must be later than start: the instances run from start to stop of the same day."
  }
}

variable "weekdays" {
  description = "Days on which the instances run from start to stop; on all others they stay stopped."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.weekdays) >= 1 && length(distinct(var.weekdays)) == length(var.weekdays) && alltrue([for day in var.weekdays : contains(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], day)])
    error_message = "weekdays must be one or more of \"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\" and \"sun\", each once."
  }
}

variable "time_zone" {
  description = "Time zone of start and stop by its IANA name; summer time is kept."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(UTC|[A-Z][A-Za-z_-]+(/[A-Za-z0-9_+-]+)+)$", var.time_zone))
    error_message = "time_zone must be \"UTC\" or an IANA name such as \"Europe/Berlin\", not an abbreviation or an offset."
  }
}
