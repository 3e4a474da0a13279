mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix           = "mht-api-staging"
  kms_key_arn           = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  instance_count        = 3
  instance_type         = "t3.medium"
  ami_id                = null
  root_volume_size      = 20
  subnet_ids            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id     = "sg-0123456789abcdef0"
  instance_profile_name = "mht-api-staging-instance"
  target_group_arn      = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/mht-api-staging-tg/0123456789abcdef"
  container_image       = "amygdalas/mht-api:1.0.0"
  container_port        = 8080
  log_group_name        = "mht-api-staging-application"
  secret_arn            = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mht-api-staging-application-AbCdEf"
  application_environment = {
    ENVIRONMENT  = "staging"
    DATABASE_URL = "mht-api-staging-table"
  }
}

run "names_and_spreads_the_instances" {
  command = plan

  assert {
    condition     = aws_instance.this[*].tags.Name == ["mht-api-staging-0", "mht-api-staging-1", "mht-api-staging-2"]
    error_message = "The instances must be called <project>-<environment>-0 and so on."
  }

  assert {
    condition     = aws_instance.this[*].subnet_id == ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef0"]
    error_message = "The instances must alternate between the subnets."
  }

  assert {
    condition     = aws_lb_target_group_attachment.this[*].port == [8080, 8080, 8080]
    error_message = "Each instance must be a target, on the port its container serves."
  }
}

run "hardens_the_instances" {
  command = plan

  assert {
    condition     = alltrue([for instance in aws_instance.this : instance.metadata_options[0].http_tokens == "required" && instance.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "The metadata service must require version 2, one hop away."
  }

  assert {
    condition     = alltrue([for instance in aws_instance.this : instance.root_block_device[0].encrypted && instance.root_block_device[0].kms_key_id == var.kms_key_arn && instance.root_block_device[0].volume_size == 20])
    error_message = "The root volumes must be encrypted with the environment's key and have their size."
  }
}

run "boots_into_the_application" {
  command = plan

  assert {
    condition     = strcontains(aws_instance.this[0].user_data, "\nDATABASE_URL=mht-api-staging-table\nENVIRONMENT=staging\nAWS_REGION=us-east-1\nAWS_DEFAULT_REGION=us-east-1\nPORT=8080\nAPPLICATION_SECRET_ARN=${var.secret_arn}\nENVIRONMENT\n")
    error_message = "User data must write the application's environment, one variable a line."
  }

  assert {
    condition     = strcontains(aws_instance.this[0].user_data, "\n  amygdalas/mht-api:1.0.0\n") && !strcontains(aws_instance.this[0].user_data, "ecr-login")
    error_message = "User data must run the image, and log in to ECR for ECR's images only."
  }
}

run "recovers_by_itself" {
  command = plan

  assert {
    condition     = strcontains(aws_instance.this[0].user_data, "until dnf install")
    error_message = "User data runs once: a package repository that fails must be asked again."
  }

  assert {
    condition     = alltrue([for line in ["Restart=always", "Wants=docker.service network-online.target", "WantedBy=multi-user.target"] : strcontains(aws_instance.this[0].user_data, "\n${line}\n")])
    error_message = "The container must be started again after a failure, after Docker's and at every boot."
  }

  assert {
    condition     = strcontains(aws_instance.this[0].user_data, "awslogs-stream=%H") && strcontains(aws_instance.this[0].user_data, "mode=non-blocking")
    error_message = "Logs must go to one stream an instance, and never hold the application up."
  }
}

run "logs_in_to_ecr_for_an_image_there" {
  command = plan

  variables {
    container_image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/mht-api:1.0.0"
  }

  assert {
    condition     = strcontains(aws_instance.this[0].user_data, "{\"credHelpers\": {\"123456789012.dkr.ecr.us-east-1.amazonaws.com\": \"ecr-login\"}}")
    error_message = "Docker must get its credentials for the image's registry from the instance's role."
  }
}

run "tags_what_is_created_at_launch" {
  command = plan

  assert {
    condition     = { for key, tag in aws_ec2_tag.network_interface : key => tag.value if startswith(key, "1/") } == { "1/Environment" = "staging", "1/Name" = "mht-api-staging-1" }
    error_message = "Network interfaces must carry the provider's default tags."
  }

  assert {
    condition     = aws_instance.this[1].root_block_device[0].tags.Name == "mht-api-staging-1"
    error_message = "A root volume must be named like its instance."
  }
}

run "takes_the_newest_image_at_first" {
  command = plan

  assert {
    condition     = terraform_data.ami.input == "ami-0123456789abcdef0"
    error_message = "Without ami_id the image must be the one that Amazon calls the newest."
  }
}

run "takes_the_given_image" {
  command = plan

  variables {
    ami_id = "ami-0fedcba9876543210"
  }

  assert {
    condition     = aws_instance.this[0].ami == "ami-0fedcba9876543210"
    error_message = "ami_id must decide."
  }
}
