/** What came of the last thing done here, said once; nothing while nothing was done. */
export const Told = ({ words }: { words: string | undefined }) =>
  words === undefined ? null : (
    <p className="wn-note" role="status">
      {words}
    </p>
  )
