variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }
}

variable "instance_count" {
  description = "Number of instances."
  type        = number
  nullable    = false

  validation {
    condition     = var.instance_count >= 1 && floor(var.instance_count) == var.instance_count
    error_message = "instance_count must be a whole number of at least 1."
  }
}

variable "instance_type" {
  description = "EC2 instance type, of the AMI's architecture."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", var.instance_type))
    error_message = "instance_type must be an EC2 instance type such as \"t3.medium\"."
  }
}

variable "ami_id" {
  description = "AMI of the instances; null keeps the newest Amazon Linux 2023 of the first apply."
  type        = string

  validation {
    condition     = var.ami_id == null || can(regex("^ami-[0-9a-f]+$", var.ami_id))
    error_message = "ami_id must be an AMI id such as \"ami-0123456789abcdef0\", or null."
  }
}

variable "root_volume_size" {
  description = "Size of the root volume in GiB."
  type        = number
  nullable    = false

  validation {
    condition     = var.root_volume_size >= 8 && floor(var.root_volume_size) == var.root_volume_size
    error_message = "root_volume_size must be a whole number of at least 8 GiB, the size of Amazon Linux's own image."
  }
}

variable "subnet_ids" {
  description = "Private subnets that the instances are spread over."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "subnet_ids must hold at least one subnet: pass the network module's private_subnet_ids."
  }
}

variable "security_group_id" {
  description = "Security group of the instances."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^sg-[0-9a-f]+$", var.security_group_id))
    error_message = "security_group_id must be the id of a security group: pass the security-groups module's instance_security_group_id."
  }
}

variable "instance_profile_name" {
  description = "Name of the instance profile."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]+$", var.instance_profile_name))
    error_message = "instance_profile_name must be a profile's name, not its ARN: pass the identity module's instance_profile_name."
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

variable "target_group_arn" {
  description = "ARN of the target group that the instances join."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:elasticloadbalancing:.+:targetgroup/.+$", var.target_group_arn))
    error_message = "target_group_arn must be the ARN of a target group: pass the load-balancer module's target_group_arn."
  }
}

variable "container_image" {
  description = "Container image that the instances run."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9./:@_-]*$", var.container_image))
    error_message = "container_image must be an image reference such as \"amygdalas/mht-api:1.0.0\"; anything else would be read by the shell."
  }
}

variable "container_port" {
  description = "Port on which the container serves HTTP: its PORT variable, and the port its instance is registered with."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1 && var.container_port <= 65535 && floor(var.container_port) == var.container_port
    error_message = "container_port must be a whole number from 1 to 65535."
  }
}

variable "log_group_name" {
  description = "CloudWatch log group of the application."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]+$", var.log_group_name))
    error_message = "log_group_name must be a log group's name: pass the monitoring module's application_log_group_name."
  }
}

variable "secret_arn" {
  description = "ARN of the application's secret, handed to the application to read."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:secretsmanager:\\S+$", var.secret_arn))
    error_message = "secret_arn must be the ARN of a secret, never its value: pass the secrets module's secret_arn."
  }
}

variable "application_environment" {
  description = "Environment variables of the application; no secrets, because user data is readable."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.application_environment : can(regex("^[A-Z][A-Z0-9_]*$", key)) && can(regex("^[^\\n\\r]*$", value))])
    error_message = "application_environment must have upper-case names of letters, digits and underscores, and values of one line: an environment file holds one variable a line."
  }
}
