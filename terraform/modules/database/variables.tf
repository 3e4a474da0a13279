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

variable "deletion_protection" {
  description = "Refuse to delete the table."
  type        = bool
  nullable    = false
}
