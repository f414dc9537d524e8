variable "region" {
  type        = string
  default     = "eu-west-3"
  description = "Where it runs: Paris."
}

variable "instance_type" {
  type    = string
  default = "t4g.large"
}

variable "repository" {
  type        = string
  description = "Where the machine clones Werenode from."
}

variable "origin" {
  type        = string
  description = "https://... under which drivers reach it; its name must point to the address that is put out."
}

variable "stations_url" {
  type        = string
  description = "wss://.../ocpp/ that stations are told."
}

variable "party" {
  type        = string
  description = "Whose plugs these are, e.g. FR*ABC."
}
