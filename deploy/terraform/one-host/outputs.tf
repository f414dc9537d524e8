output "address" {
  value       = aws_eip.host.public_ip
  description = "Let the names of origin and stations_url point here."
}

output "bucket" {
  value = aws_s3_bucket.files.bucket
}
