# Reads a tfvars file, so that the suites test the values that are deployed and not a copy of them.
terraform {
  required_providers {
    terraform = {
      source = "terraform.io/builtin/terraform"
    }
  }
}

variable "environment" {
  description = "Environment whose tfvars file is read."
  type        = string
}

output "values" {
  description = "The file's values by variable."
  value       = provider::terraform::decode_tfvars(file("${path.module}/../../terraform.tfvars.${var.environment}"))
}
