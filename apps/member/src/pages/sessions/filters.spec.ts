import { provideZonelessChangeDetection, signal } from '@angular/core'
import { TestBed } from '@angular/core/testing'
import { expect, test } from 'vitest'
import { Cars } from '../../archive/cars.ts'
import type { Charge } from '../../charges/charge.ts'
import { openSieve, type Sieve } from '../../charges/sieve.ts'
import { Filters } from './filters.ts'

test('the filters offer what the history holds, and tell what was chosen', async () => {
  TestBed.configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      { provide: Cars, useValue: { vehicles: signal([{ id: 'v1', name: 'Zoe' }]) } },
    ],
  })
  const fixture = TestBed.createComponent(Filters)
  const charges = [
    { place: 'Rennes', operator: 'FR*AAA', state: 'settled' },
    { place: 'Angers', operator: 'FR*AAA', state: 'disputed' },
  ] as unknown as readonly Charge[]
  fixture.componentRef.setInput('sieve', openSieve)
  fixture.componentRef.setInput('charges', charges)
  const told: Sieve[] = []
  fixture.componentInstance.sieveChange.subscribe((sieve) => told.push(sieve))
  await fixture.whenStable()
  const page = fixture.nativeElement as HTMLElement
  page.querySelector<HTMLButtonElement>('button[aria-expanded]')!.click()
  await fixture.whenStable()
  const choices = (name: string): readonly string[] =>
    [...page.querySelectorAll<HTMLOptionElement>(`select[name=${name}] option`)].map(({ value }) => value)
  expect(choices('place')).toEqual(['', 'Angers', 'Rennes'])
  expect(choices('operator')).toEqual(['', 'FR*AAA'])
  expect(choices('state')).toEqual(['', 'settled', 'disputed'])
  expect(choices('vehicle')).toEqual(['', 'v1'])
  const place = page.querySelector<HTMLSelectElement>('select[name=place]')!
  place.value = 'Rennes'
  place.dispatchEvent(new Event('change'))
  expect(told).toEqual([{ ...openSieve, place: 'Rennes' }])
})
