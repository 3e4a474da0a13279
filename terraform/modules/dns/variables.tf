variable "name_prefix" {
  description = "Project and environment, <project>-<environment>, that every name starts with."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.name_prefix))
    error_message = "name_prefix must be a project and an environment joined by a dash, in lower case, for example \"mht-api-staging\"."
  }
}

variable "dns_name" {
  description = "Host name that gets the certificate and the record."
  type        = string
  nullable    = false

  validation {
    condition     = var.dns_name == var.hosted_zone_name || endswith(var.dns_name, ".${var.hosted_zone_name}")
    error_message = "dns_name must be hosted_zone_name or a name below it: the zone answers for nothing else."
  }
}

variable "hosted_zone_name" {
  description = "Existing public hosted zone."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.hosted_zone_name))
    error_message = "hosted_zone_name must be a lower-case domain name without trailing dot, for example \"amygdalas.com\"."
  }
}

variable "load_balancer_dns_name" {
  description = "The load balancer's own host name."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.load_balancer_dns_name) > 0
    error_message = "load_balancer_dns_name must not be empty: pass the load-balancer module's dns_name."
  }
}

variable "load_balancer_zone_id" {
  description = "Hosted zone of the load balancer's own host name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^Z[A-Z0-9]+$", var.load_balancer_zone_id))
    error_message = "load_balancer_zone_id must be a hosted zone's id: pass the load-balancer module's zone_id."
  }
}
