import { provideZonelessChangeDetection } from '@angular/core'
import { TestBed } from '@angular/core/testing'
import { expect, test } from 'vitest'
import { Bars } from './bars.ts'

const bars = [
  { key: '2026-10', label: 'O', name: 'October 2026', value: 250, said: '€2.50' },
  { key: '2026-11', label: 'N', name: 'November 2026', value: 1_000, said: '€10.00' },
]

test('a chart draws each value in proportion, and says each in the table behind it', async () => {
  TestBed.configureTestingModule({ providers: [provideZonelessChangeDetection()] })
  const fixture = TestBed.createComponent(Bars)
  fixture.componentRef.setInput('name', 'cost')
  fixture.componentRef.setInput('title', 'Cost by month')
  fixture.componentRef.setInput('what', 'Month')
  fixture.componentRef.setInput('unit', 'Cost')
  fixture.componentRef.setInput('bars', bars)
  await fixture.whenStable()
  const page = fixture.nativeElement as HTMLElement
  const drawn = [...page.querySelectorAll<HTMLElement>('.bars__bar')].map(({ style }) => style.height)
  expect(drawn).toEqual(['25%', '100%'])
  expect(page.querySelector('.bars')?.getAttribute('aria-hidden')).toBe('true')
  const rows = [...page.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)
  expect(rows).toEqual(['October 2026€2.50', 'November 2026€10.00'])
})
