import { inject } from '@angular/core'
import type { CanActivateFn, Routes } from '@angular/router'
import { Router } from '@angular/router'
import { LoginState } from './login.ts'

/** Only with a login; the address that was wanted is kept. */
const signedIn: CanActivateFn = async (_route, { url }) => {
  const login = inject(LoginState)
  const router = inject(Router)
  if (!login.known()) await login.recall()
  return login.login() !== undefined || router.createUrlTree(['/sign-in'], { queryParams: { wanted: url } })
}

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'sessions' },
  { path: 'sign-in', loadComponent: () => import('../pages/sign-in.ts').then(({ SignIn }) => SignIn) },
  { path: 'callback', loadComponent: () => import('../pages/callback.ts').then(({ Callback }) => Callback) },
  {
    path: 'sessions',
    canActivate: [signedIn],
    loadComponent: () => import('../pages/sessions/sessions.ts').then(({ Sessions }) => Sessions),
  },
  {
    path: 'sessions/:id',
    canActivate: [signedIn],
    loadComponent: () => import('../pages/session/session-page.ts').then(({ SessionPage }) => SessionPage),
  },
  {
    path: 'insights',
    canActivate: [signedIn],
    loadComponent: () => import('../pages/insights/insights-page.ts').then(({ InsightsPage }) => InsightsPage),
  },
  {
    path: 'account',
    canActivate: [signedIn],
    loadComponent: () => import('../pages/account/account-page.ts').then(({ AccountPage }) => AccountPage),
    loadChildren: () => import('../pages/account/routes.ts').then(({ accountRoutes }) => accountRoutes),
  },
  { path: '**', loadComponent: () => import('../pages/missing.ts').then(({ Missing }) => Missing) },
]
