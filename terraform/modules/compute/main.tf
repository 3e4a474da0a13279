data "aws_default_tags" "this" {}
data "aws_region" "this" {}

# Amazon's own pointer to the newest Amazon Linux 2023.
data "aws_ssm_parameter" "ami" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

# The image that was the newest when the environment was first applied, kept in the state: a release
# by Amazon must not replace live instances. To take the newest:
#   terraform apply -replace=module.compute.terraform_data.ami
resource "terraform_data" "ami" {
  input = data.aws_ssm_parameter.ami.insecure_value

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  instance_names = [for index in range(var.instance_count) : "${var.name_prefix}-${index}"]

  network_interface_tags = merge([
    for index, name in local.instance_names : {
      for key, value in merge(data.aws_default_tags.this.tags, { Name = name }) :
      "${index}/${key}" => { index = index, key = key, value = value }
    }
  ]...)

  # Log in to ECR as the instance when the image is there.
  ecr_registry = try(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?", var.container_image), null)

  user_data = templatefile("${path.module}/templates/user-data.sh.tftpl", {
    name                    = var.name_prefix
    region                  = data.aws_region.this.name
    container_image         = var.container_image
    container_port          = var.container_port
    ecr_registry            = local.ecr_registry
    log_group_name          = var.log_group_name
    application_environment = var.application_environment
    secret_arn              = var.secret_arn
  })
}

# Knowingly without two things that scanners ask for: the EBS-optimized flag (CKV_AWS_135), because
# current types always are and t2 refuses it; detailed monitoring (CKV_AWS_126), because it costs extra
# and no alarm watches an instance's own metrics: the load balancer tells who is unwell.
resource "aws_instance" "this" {
  count = var.instance_count

  ami                    = coalesce(var.ami_id, terraform_data.ami.output)
  instance_type          = var.instance_type
  subnet_id              = var.subnet_ids[count.index % length(var.subnet_ids)]
  vpc_security_group_ids = [var.security_group_id]
  iam_instance_profile   = var.instance_profile_name

  # No associate_public_ip_address: the subnets are private and give none. Saying so again would move
  # the security group into a network interface block that the local emulator forgets.

  # User data runs at the first boot only. Without this a new image would stop and start every
  # instance and change nothing.
  user_data                   = local.user_data
  user_data_replace_on_change = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.root_volume_size
    encrypted   = true
    kms_key_id  = var.kms_key_arn

    tags = { Name = local.instance_names[count.index] }
  }

  tags = { Name = local.instance_names[count.index] }

  lifecycle {
    create_before_destroy = true
  }
}

# EC2 makes an instance's network interface by itself and the provider leaves it untagged. (Tags from a
# launch template would reach new interfaces only, and no instance that is already there.)
resource "aws_ec2_tag" "network_interface" {
  for_each = local.network_interface_tags

  resource_id = aws_instance.this[each.value.index].primary_network_interface_id
  key         = each.value.key
  value       = each.value.value
}

resource "aws_lb_target_group_attachment" "this" {
  count = var.instance_count

  target_group_arn = var.target_group_arn
  target_id        = aws_instance.this[count.index].id
  port             = var.container_port

  lifecycle {
    create_before_destroy = true
  }
}
