# One machine for some hundred stations: compose.yaml on EC2, files in S3, the disk encrypted and backed up every day.
# About 75 EUR a month (see ../COSTS.md).
terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { project = "werenode" }
  }
}

data "aws_ami" "debian" {
  most_recent = true
  owners      = ["136693071363"]
  filter {
    name   = "name"
    values = ["debian-12-arm64-*"]
  }
}

resource "aws_security_group" "host" {
  name_prefix = "werenode-"
  description = "Web and charging stations in, everything out"

  dynamic "ingress" {
    for_each = { web = 443, stations = 9001, plugs = 8883 }
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
  egress {
    description = "everything"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_s3_bucket" "files" {
  bucket_prefix = "werenode-files-"
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id
  versioning_configuration {
    status = "Enabled"
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "files" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]
  }
}

resource "aws_iam_role" "host" {
  name_prefix        = "werenode-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "files" {
  role   = aws_iam_role.host.id
  policy = data.aws_iam_policy_document.files.json
}

resource "aws_iam_role_policy_attachment" "console" {
  role       = aws_iam_role.host.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "host" {
  role = aws_iam_role.host.name
}

resource "aws_instance" "host" {
  ami                    = data.aws_ami.debian.id
  instance_type          = var.instance_type
  vpc_security_group_ids = [aws_security_group.host.id]
  iam_instance_profile   = aws_iam_instance_profile.host.name
  user_data = templatefile("${path.module}/host.sh.tftpl", {
    repository = var.repository
    origin     = var.origin
    stations   = var.stations_url
    party      = var.party
  })

  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    volume_size = 60
    volume_type = "gp3"
    encrypted   = true
  }
  tags = { backup = "daily" }
}

resource "aws_eip" "host" {
  instance = aws_instance.host.id
}

data "aws_iam_policy_document" "snapshots" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["dlm.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "snapshots" {
  name_prefix         = "werenode-snapshots-"
  assume_role_policy  = data.aws_iam_policy_document.snapshots.json
  managed_policy_arns = ["arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole"]
}

resource "aws_dlm_lifecycle_policy" "daily" {
  description        = "A snapshot a day, kept for two weeks"
  execution_role_arn = aws_iam_role.snapshots.arn
  policy_details {
    resource_types = ["INSTANCE"]
    target_tags    = { backup = "daily" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
        times    = ["02:30"]
      }
      retain_rule {
        count = 14
      }
    }
  }
}
