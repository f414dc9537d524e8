# A cluster for thousands of stations: a VPC over three zones, EKS, S3, secrets, and the store: DocumentDB or MongoDB Atlas.
# About 850 EUR a month with Atlas, 1,080 EUR with DocumentDB: estimates, see ../COSTS.md. Then: kubectl apply -k deploy/kustomize/overlays/large
terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { project = "werenode" }
  }
}

data "aws_availability_zones" "here" {
  state = "available"
}

locals {
  zones = slice(data.aws_availability_zones.here.names, 0, 3)
}

# ---- Network

resource "aws_vpc" "house" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_internet_gateway" "house" {
  vpc_id = aws_vpc.house.id
}

resource "aws_subnet" "public" {
  for_each                = { for i, zone in local.zones : zone => i }
  vpc_id                  = aws_vpc.house.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(aws_vpc.house.cidr_block, 4, each.value)
  map_public_ip_on_launch = true
  tags                    = { "kubernetes.io/role/elb" = "1" }
}

resource "aws_subnet" "private" {
  for_each          = { for i, zone in local.zones : zone => i }
  vpc_id            = aws_vpc.house.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.house.cidr_block, 4, each.value + 8)
  tags              = { "kubernetes.io/role/internal-elb" = "1" }
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "house" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[local.zones[0]].id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.house.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.house.id
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.house.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.house.id
  }
}

resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.public
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  subnet_id      = each.value.id
  route_table_id = aws_route_table.private.id
}

# ---- Kubernetes

data "aws_iam_policy_document" "assume" {
  for_each = toset(["eks", "ec2"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "cluster" {
  name_prefix         = "${var.name}-cluster-"
  assume_role_policy  = data.aws_iam_policy_document.assume["eks"].json
  managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]
}

resource "aws_iam_role" "nodes" {
  name_prefix        = "${var.name}-nodes-"
  assume_role_policy = data.aws_iam_policy_document.assume["ec2"].json
  managed_policy_arns = [
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
  ]
}

resource "aws_kms_key" "secrets" {
  description         = "Seals the secrets of the cluster"
  enable_key_rotation = true
}

resource "aws_eks_cluster" "house" {
  name     = var.name
  role_arn = aws_iam_role.cluster.arn
  version  = var.kubernetes_version
  vpc_config {
    subnet_ids              = [for subnet in merge(aws_subnet.public, { for zone, s in aws_subnet.private : "${zone}-private" => s }) : subnet.id]
    endpoint_private_access = true
    public_access_cidrs     = var.admin_cidrs
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.secrets.arn
    }
  }
}

resource "aws_eks_node_group" "house" {
  cluster_name    = aws_eks_cluster.house.name
  node_group_name = "house"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.private : subnet.id]
  instance_types  = [var.node_type]
  ami_type        = "AL2023_ARM_64_STANDARD"
  scaling_config {
    min_size     = 3
    desired_size = var.nodes
    max_size     = var.nodes * 3
  }
}

# ---- Files and images

resource "aws_s3_bucket" "files" {
  bucket_prefix = "${var.name}-files-"
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_ecr_repository" "werenode" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}

# ---- The store. DocumentDB speaks MongoDB's language but is not MongoDB: Werenode has not been proven on it (docs/deploy.md).

resource "random_password" "store" {
  count   = var.store == "documentdb" ? 1 : 0
  length  = 40
  special = false
}

resource "aws_security_group" "store" {
  count       = var.store == "documentdb" ? 1 : 0
  name_prefix = "${var.name}-store-"
  description = "The store, from the cluster alone"
  vpc_id      = aws_vpc.house.id
  ingress {
    description     = "cluster"
    from_port       = 27017
    to_port         = 27017
    protocol        = "tcp"
    security_groups = [aws_eks_cluster.house.vpc_config[0].cluster_security_group_id]
  }
}

resource "aws_docdb_subnet_group" "store" {
  count      = var.store == "documentdb" ? 1 : 0
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_docdb_cluster" "store" {
  count                     = var.store == "documentdb" ? 1 : 0
  cluster_identifier        = var.name
  engine                    = "docdb"
  master_username           = "werenode"
  master_password           = random_password.store[0].result
  db_subnet_group_name      = aws_docdb_subnet_group.store[0].name
  vpc_security_group_ids    = [aws_security_group.store[0].id]
  storage_encrypted         = true
  backup_retention_period   = 14
  deletion_protection       = true
  final_snapshot_identifier = "${var.name}-final"
}

resource "aws_docdb_cluster_instance" "store" {
  count              = var.store == "documentdb" ? 3 : 0
  cluster_identifier = aws_docdb_cluster.store[0].id
  instance_class     = var.store_type
}

# ---- Secrets: kept here, brought into the cluster by reference (External Secrets or the CSI driver), never in a manifest

resource "aws_secretsmanager_secret" "addresses" {
  name_prefix = "${var.name}/addresses-"
  description = "WERENODE_STORE, WERENODE_BUS, WERENODE_RPC_URL"
}

resource "aws_secretsmanager_secret_version" "addresses" {
  secret_id = aws_secretsmanager_secret.addresses.id
  secret_string = jsonencode({
    WERENODE_STORE = var.store == "documentdb" ? "mongodb://werenode:${random_password.store[0].result}@${aws_docdb_cluster.store[0].endpoint}:27017/werenode?replicaSet=rs0&tls=true&retryWrites=false" : var.atlas_url
    WERENODE_BUS   = var.bus_url
  })
}

resource "aws_secretsmanager_secret" "house" {
  name_prefix = "${var.name}/house-"
  description = "keys.json and secret of the house; put in by hand, once"
}
