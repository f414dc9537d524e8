export { CancelReservation, cancelReservation as cancelReservation201 } from '../v16/CancelReservation.ts'
