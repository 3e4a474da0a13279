variable "name" {
  description = "Name of the load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", var.name))
    error_message = "name must be at most 32 lower-case letters, digits and dashes (a limit of ELB). Shorten the project's name."
  }
}

variable "target_group_name" {
  description = "Name of the target group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", var.target_group_name))
    error_message = "target_group_name must be at most 32 lower-case letters, digits and dashes (a limit of ELB). Shorten the project's name."
  }
}

variable "vpc_id" {
  description = "VPC of the environment."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id must be the id of a VPC: pass the network module's vpc_id."
  }
}

variable "subnet_ids" {
  description = "Public subnets in at least two availability zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must hold at least two subnets, each in another availability zone: a load balancer needs two."
  }
}

variable "security_group_id" {
  description = "Security group of the load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^sg-[0-9a-f]+$", var.security_group_id))
    error_message = "security_group_id must be the id of a security group: pass the security-groups module's alb_security_group_id."
  }
}

variable "certificate_arn" {
  description = "ARN of the validated certificate of the HTTPS listener."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of an ACM certificate in the load balancer's region: pass the dns module's certificate_arn."
  }
}

variable "target_port" {
  description = "Port on which the targets serve the application when the target group is created; each target is registered with its own."
  type        = number
  nullable    = false

  validation {
    condition     = var.target_port >= 1 && var.target_port <= 65535 && floor(var.target_port) == var.target_port
    error_message = "target_port must be a whole number from 1 to 65535."
  }
}

variable "access_logs_bucket" {
  description = "Name of the bucket that takes the access logs, with a policy that admits their delivery."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.access_logs_bucket))
    error_message = "access_logs_bucket must be a bucket's name, not its ARN: pass the storage module's logs_bucket_name."
  }
}

variable "deletion_protection" {
  description = "Refuse to delete the load balancer."
  type        = bool
  nullable    = false
}
