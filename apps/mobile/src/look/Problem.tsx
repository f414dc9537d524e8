import { useWords } from '../words/words'
import { Button } from './Button'
import { Notice } from './Notice'

/** What went wrong, in the reader's words, and once more where that may help. */
export const Problem = ({ error, again }: { readonly error: unknown; readonly again?: () => void }) => {
  const { say, t } = useWords()
  if (error === undefined) return null
  const { what, todo } = say(error)
  return (
    <Notice kind="danger" what={what} todo={todo} testID="problem">
      {again && <Button kind="secondary" icon="refresh" label={t('action.retry')} onPress={again} />}
    </Notice>
  )
}
