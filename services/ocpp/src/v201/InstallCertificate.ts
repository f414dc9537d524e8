export { InstallCertificate } from '../v16/InstallCertificate.ts'
