import { isWerenodeError } from '@werenode/core'
import { usePathname, useRouter } from 'expo-router'
import { useWords } from '../words/words'
import { Button } from './Button'
import { Notice } from './Notice'

const signInPage = '/account/sign-in'

/** What is for members is one press away from them, except where a sign-in itself failed. */
const SignInFirst = ({ error }: { readonly error: unknown }) => {
  const router = useRouter()
  const isThere = usePathname() === signInPage
  const { say, t } = useWords()
  const { what, todo } = say(error)
  return (
    <Notice kind={isThere ? 'danger' : 'info'} what={what} todo={todo} testID="problem">
      {isThere ? undefined : (
        <Button icon="signIn" label={t('account.signIn')} testID="to-sign-in" onPress={() => router.push(signInPage)} />
      )}
    </Notice>
  )
}

/** What went wrong, in the reader's words, and once more where that may help. */
export const Problem = ({ error, again }: { readonly error: unknown; readonly again?: () => void }) => {
  const { say, t } = useWords()
  if (error === undefined) return null
  if (isWerenodeError(error) && error.code === 'not-authenticated') return <SignInFirst error={error} />
  const { what, todo } = say(error)
  return (
    <Notice kind="danger" what={what} todo={todo} testID="problem">
      {again && <Button kind="secondary" icon="refresh" label={t('action.retry')} onPress={again} />}
    </Notice>
  )
}
