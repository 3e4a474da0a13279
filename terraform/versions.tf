terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Partial on purpose: each environment's backend-<environment>.tfbackend supplies the rest,
  # so that no state location is a default that the wrong environment could fall into.
  backend "s3" {}
}
