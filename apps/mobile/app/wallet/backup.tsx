export { BackupScreen as default } from '../../src/screens/BackupScreen'
