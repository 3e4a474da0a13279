variable "data_bucket_name" {
  description = "Name of the data bucket."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.data_bucket_name))
    error_message = "data_bucket_name must be 3 to 63 lower-case letters, digits and dashes (dots break TLS). Shorten the project's name or the bucket's suffix."
  }
}

variable "logs_bucket_name" {
  description = "Name of the bucket that takes the access logs of the data bucket and the load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.logs_bucket_name))
    error_message = "logs_bucket_name must be 3 to 63 lower-case letters, digits and dashes (dots break TLS). Shorten the project's name or the bucket's suffix."
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

variable "log_retention_days" {
  description = "Days that access logs are kept."
  type        = number
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days must be a whole number of at least 1."
  }
}

variable "enable_intelligent_tiering" {
  description = "Move the data bucket's objects to the INTELLIGENT_TIERING storage class."
  type        = bool
  nullable    = false
}

variable "deletion_protection" {
  description = "Refuse to delete buckets that are not empty."
  type        = bool
  nullable    = false
}
