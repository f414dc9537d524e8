output "cluster" {
  value = aws_eks_cluster.house.name
}

output "images" {
  value       = aws_ecr_repository.werenode.repository_url
  description = "Push the image here and name it in the overlay."
}

output "bucket" {
  value = aws_s3_bucket.files.bucket
}

output "secrets" {
  value = [aws_secretsmanager_secret.addresses.name, aws_secretsmanager_secret.house.name]
}
