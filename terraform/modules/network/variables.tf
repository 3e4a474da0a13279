variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }
}

variable "vpc_cidr" {
  description = "IPv4 range of the VPC; each subnet takes a sixteenth of it."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrsubnet(var.vpc_cidr, 4, 15)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 22, false)
    error_message = "vpc_cidr must be an IPv4 range from /16 to /22, for example \"10.1.0.0/16\"."
  }
}

variable "nat_gateway_per_zone" {
  description = "One NAT gateway per availability zone instead of one for all."
  type        = bool
  nullable    = false
}

variable "flow_log_group_name" {
  description = "Name of the CloudWatch log group of the flow logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]+$", var.flow_log_group_name))
    error_message = "flow_log_group_name must be a log group's name: letters, digits, and . _ / # -."
  }
}

variable "flow_log_retention_days" {
  description = "Days that flow logs are kept."
  type        = number
  nullable    = false

  validation {
    condition     = var.flow_log_retention_days >= 1
    error_message = "flow_log_retention_days must be at least 1: flow logs that never expire are not offered."
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
