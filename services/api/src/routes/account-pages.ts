import { type ErrorCode, isWerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'
import type { Page } from '../contract/contract.ts'
import type { Handlers } from '../http/handler.ts'
import type { EmailAccounts } from '../identity/email.ts'
import { type AccountPages, accountPages } from '../pages/account-pages.ts'

type Operations = 'showVerifyEmail' | 'submitVerifyEmail' | 'showResetPassword' | 'submitResetPassword'

export const accountPageRoutes = ({ emails }: { emails: EmailAccounts }): Pick<Handlers, Operations> => {
  const pagesFor = ({ headers }: FastifyRequest): AccountPages => accountPages(headers['accept-language'])

  return {
    showVerifyEmail: async ({ query, request }) => ({ html: pagesFor(request).askVerify(query.token) }),

    submitVerifyEmail: async ({ body, request }) => {
      const pages = pagesFor(request)
      return orPage(
        async () => {
          await emails.verify(body.token)
          return { html: pages.verified() }
        },
        { gone: () => ({ status: 410, html: pages.gone('verify') }) },
      )
    },

    showResetPassword: async ({ query, request }) => ({ html: pagesFor(request).askPassword(query.token) }),

    submitResetPassword: async ({ body, request }) => {
      const pages = pagesFor(request)
      return orPage(
        async () => {
          await emails.reset(body)
          return { html: pages.passwordChanged() }
        },
        {
          gone: () => ({ status: 410, html: pages.gone('reset') }),
          'invalid-input': () => ({ status: 400, html: pages.askPassword(body.token, true) }),
        },
      )
    },
  }
}

/** A refusal that a person can do something about is a page; everything else goes on as it is. */
const orPage = async (work: () => Promise<Page>, pages: Partial<Record<ErrorCode, () => Page>>): Promise<Page> => {
  try {
    return await work()
  } catch (error) {
    const page = isWerenodeError(error) ? pages[error.code] : undefined
    if (!page) throw error
    return page()
  }
}
