variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }
}

variable "container_image" {
  description = "Image that the instances pull; one in ECR adds the permission to pull it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s*?]+[:@][^\\s*?]+$", var.container_image))
    error_message = "container_image must be an image with its tag or digest, without spaces or wildcards."
  }
}

variable "bucket_arn" {
  description = "ARN of the data bucket."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:s3:[^*?]+$", var.bucket_arn))
    error_message = "bucket_arn must be one full ARN without wildcards, because it becomes a permission: pass the storage module's data_bucket_arn."
  }
}

variable "table_arn" {
  description = "ARN of the table."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:dynamodb:[^*?]+$", var.table_arn))
    error_message = "table_arn must be one full ARN without wildcards, because it becomes a permission: pass the database module's table_arn."
  }
}

variable "queue_arns" {
  description = "ARNs of the processing queues."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.queue_arns : can(regex("^arn:aws[a-z-]*:sqs:[^*?]+$", arn))])
    error_message = "queue_arns must be full ARNs of queues without wildcards, because they become permissions: pass the queues module's queue_arns."
  }
}

variable "secret_arn" {
  description = "ARN of the application's secret."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:secretsmanager:[^*?]+$", var.secret_arn))
    error_message = "secret_arn must be one full ARN without wildcards, because it becomes a permission: pass the secrets module's secret_arn."
  }
}

variable "log_group_arn" {
  description = "ARN of the application's log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:logs:[^*?]+$", var.log_group_arn))
    error_message = "log_group_arn must be one full ARN without wildcards, because it becomes a permission: pass the monitoring module's application_log_group_arn."
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
