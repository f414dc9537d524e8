import { provideZonelessChangeDetection } from '@angular/core'
import { TestBed } from '@angular/core/testing'
import { WerenodeError } from '@werenode/core'
import { expect, test } from 'vitest'
import { Words } from '../words/words.ts'
import { TroubleNote } from './trouble.ts'

test('what went wrong is said in the language of the reader, with what to do', async () => {
  TestBed.configureTestingModule({ providers: [provideZonelessChangeDetection()] })
  const fixture = TestBed.createComponent(TroubleNote)
  await fixture.whenStable()
  const page = fixture.nativeElement as HTMLElement
  expect(page.querySelector('[role=alert]')).toBeNull()
  fixture.componentRef.setInput(
    'error',
    new WerenodeError('chain-unavailable', 'No answer from the chain', { hint: 'Wait.' }),
  )
  TestBed.inject(Words).choose('en')
  await fixture.whenStable()
  const english = page.textContent
  TestBed.inject(Words).choose('fr')
  await fixture.whenStable()
  expect(english).not.toBe('')
  expect(page.textContent).not.toBe(english)
  TestBed.inject(Words).choose('en')
})
