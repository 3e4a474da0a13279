variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
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

variable "container_port" {
  description = "Port on which the instances serve the application."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1 && var.container_port <= 65535 && floor(var.container_port) == var.container_port
    error_message = "container_port must be a whole number from 1 to 65535."
  }
}
