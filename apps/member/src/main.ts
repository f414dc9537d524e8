import { provideZonelessChangeDetection } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router'
import { provideServiceWorker } from '@angular/service-worker'
import { App } from './app/app.ts'
import { routes } from './app/routes.ts'

bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter(routes, withComponentInputBinding(), withInMemoryScrolling({ scrollPositionRestoration: 'enabled' })),
    provideServiceWorker('ngsw-worker.js', { registrationStrategy: 'registerWhenStable:5000' }),
  ],
}).catch((error: unknown) => {
  document.body.textContent = `This app could not start: ${error instanceof Error ? error.message : String(error)}`
})
