import { Component, provideZonelessChangeDetection, signal } from '@angular/core'
import { TestBed } from '@angular/core/testing'
import { beforeEach, expect, test } from 'vitest'
import { Rows } from './rows.ts'

@Component({
  imports: [Rows],
  template: `<wn-rows [items]="items()" label="Charges"><ng-template let-item><b>{{ item }}</b></ng-template></wn-rows>`,
})
class Host {
  readonly items = signal(Array.from({ length: 50_000 }, (_, index) => `row ${index}`))
}

beforeEach(() => {
  globalThis.matchMedia ??= (() => ({ matches: false, addEventListener() {}, removeEventListener() {} })) as never
  TestBed.configureTestingModule({ providers: [provideZonelessChangeDetection()] })
})

test('fifty thousand rows are as tall as they are, and only what is seen exists', async () => {
  const fixture = TestBed.createComponent(Host)
  await fixture.whenStable()
  const list = fixture.nativeElement.querySelector('wn-rows') as HTMLElement
  expect(list.style.height).toBe(`${50_000 * 68}px`)
  const rows = [...list.querySelectorAll('[role=listitem]')]
  expect(rows.length).toBeLessThan(60)
  expect(rows[0]!.textContent).toContain('row 0')
  expect(rows[2]!.getAttribute('aria-posinset')).toBe('3')
  expect(rows[2]!.getAttribute('aria-setsize')).toBe('50000')
})

test('scrolling brings the rows of that place', async () => {
  const fixture = TestBed.createComponent(Host)
  await fixture.whenStable()
  const list = fixture.nativeElement.querySelector('wn-rows') as HTMLElement
  list.getBoundingClientRect = () => ({ top: -68 * 40_000 }) as DOMRect
  dispatchEvent(new Event('scroll'))
  await fixture.whenStable()
  expect(list.textContent).toContain('row 40000')
  expect(list.textContent).not.toContain('row 39000')
})
