variable "region" {
  type    = string
  default = "eu-west-3"
}

variable "name" {
  type    = string
  default = "werenode"
}

variable "kubernetes_version" {
  type    = string
  default = "1.33"
}

variable "admin_cidrs" {
  type        = list(string)
  description = "From where the cluster may be administered."
}

variable "node_type" {
  type    = string
  default = "m7g.large"
}

variable "nodes" {
  type    = number
  default = 3
}

variable "store" {
  type        = string
  default     = "atlas"
  description = "atlas: MongoDB Atlas, made by hand, its URL in atlas_url; documentdb: made here."
  validation {
    condition     = contains(["atlas", "documentdb"], var.store)
    error_message = "atlas or documentdb."
  }
}

variable "store_type" {
  type    = string
  default = "db.r6g.large"
}

variable "atlas_url" {
  type        = string
  default     = ""
  sensitive   = true
  description = "mongodb+srv://... of the Atlas cluster, with its private endpoint in this VPC."
}

variable "bus_url" {
  type        = string
  default     = "nats://nats.nats.svc.cluster.local:4222"
  description = "NATS with JetStream, three servers; its Helm chart runs it in the cluster."
}
