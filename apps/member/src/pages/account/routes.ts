import type { Routes } from '@angular/router'

/** The drawers of the account, each loaded when it is opened. */
export const accountRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'money' },
  { path: 'money', loadComponent: () => import('./money.ts').then(({ Money }) => Money) },
  { path: 'documents', loadComponent: () => import('./documents.ts').then(({ Documents }) => Documents) },
  { path: 'vehicles', loadComponent: () => import('./vehicles.ts').then(({ Vehicles }) => Vehicles) },
  { path: 'cards', loadComponent: () => import('./cards.ts').then(({ Cards }) => Cards) },
  { path: 'sign-in', loadComponent: () => import('./ways-in.ts').then(({ WaysIn }) => WaysIn) },
  { path: 'notices', loadComponent: () => import('./notices.ts').then(({ Notices }) => Notices) },
  { path: 'privacy', loadComponent: () => import('./privacy.ts').then(({ Privacy }) => Privacy) },
  { path: 'settings', loadComponent: () => import('./settings.ts').then(({ Settings }) => Settings) },
]
