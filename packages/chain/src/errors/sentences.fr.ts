import type { ErrorName, Sentence } from './explain.ts'

/** The same sentences in French. */
export const sentencesFr: Record<ErrorName, Sentence> = {
  AmountAboveLimit: {
    title: 'Le montant dépasse ce que cette session permet',
    todo: 'Choisissez un montant qui ne dépasse pas ce qui est bloqué ou proposé ; une recharge relève la limite pendant la charge.',
  },
  AmountAboveTariff: {
    title: 'Le reçu demande plus que les prix convenus ne permettent',
    todo: 'L’opérateur doit émettre un reçu conforme aux prix convenus.',
  },
  AmountBelowUndisputed: {
    title: 'Le reçu demande moins que ce qui est déjà payé',
    todo: 'Convenez d’un montant au moins égal à la part non contestée.',
  },
  AmountTooLarge: {
    title: 'Le montant dépasse ce que le contrat peut détenir',
    todo: 'Saisissez un montant plus petit, en micro-euros.',
  },
  BadBatchSize: { title: 'Un lot contient 1 à 100 éléments', todo: 'Divisez le lot.' },
  BadDelegate: {
    title: 'Ce compte ne peut pas devenir délégué',
    todo: 'Nommez un autre compte que le propriétaire, qui a déjà tous les pouvoirs.',
  },
  BadEvseId: {
    title: 'Cet identifiant de point de charge n’est pas valide',
    todo: 'Écrivez-le comme FR*WRN*E000001 : pays, opérateur, E, puis lettres et chiffres.',
  },
  BadExpiry: { title: 'La délégation serait déjà expirée', todo: 'Choisissez une échéance future.' },
  BadMeterKey: {
    title: 'La clé du compteur n’est ni un compte sans code ni une clé P-256 du vérificateur connu',
    todo: 'Enregistrez 20 octets (adresse) ou 84 octets (vérificateur, x, y).',
  },
  BadMeterSignature: {
    title: 'Un relevé n’est pas signé par la clé du compteur',
    todo: 'Envoyez le relevé avec la signature du compteur (P-256 : r et s, s dans la moitié basse).',
  },
  BadNonce: {
    title: 'Ce retrait a déjà servi ou n’est pas le suivant',
    todo: 'Signez-le à nouveau avec le numéro de retrait actuel du compte.',
  },
  BadParty: {
    title: 'Ce n’est pas une partie OCPI',
    todo: 'Utilisez deux lettres pour le pays et trois lettres ou chiffres, en majuscules, comme FRWRN.',
  },
  BadPosition: {
    title: 'La position n’existe pas sur Terre',
    todo: 'Donnez latitude et longitude en degrés multipliés par dix millions.',
  },
  BadScopes: {
    title: 'Les pouvoirs du délégué sont inconnus',
    todo: 'Choisissez parmi QUOTE, RECEIPT, CANCEL, EVSE, METER et PAY ; pour tout retirer, supprimez le délégué.',
  },
  BadSignature: {
    title: 'Une signature manque ou appartient à quelqu’un d’autre',
    todo: 'Signez à nouveau avec le compte nommé dans l’accord, sur ce réseau.',
  },
  BadValidity: {
    title: 'Une offre permanente dure au plus 30 jours',
    todo: 'Choisissez une fin entre maintenant et dans 30 jours.',
  },
  BondTooLarge: {
    title: 'La caution de litige est trop élevée',
    todo: 'Elle ne dépasse ni 5 % du dépôt ni 2 euros.',
  },
  ConnectorLocked: {
    title: 'Vous avez déjà une session sur ce connecteur',
    todo: 'Terminez-la d’abord, ou attendez son règlement.',
  },
  ConsentMissing: {
    title: 'L’opérateur n’a pas accepté cette session',
    todo: 'Demandez un devis, ou joignez l’offre permanente de la borne.',
  },
  DailyCapExceeded: {
    title: 'Le plafond du jour de ce délégué est atteint',
    todo: 'Faites signer le propriétaire de l’opérateur, ou attendez demain (UTC).',
  },
  DisputeWindowOutOfRange: {
    title: 'Le délai de contestation doit être compris entre 1 heure et 7 jours',
    todo: 'Demandez un nouveau devis.',
  },
  ECDSAInvalidSignature: { title: 'La signature est mal formée', todo: 'Signez à nouveau.' },
  ECDSAInvalidSignatureLength: {
    title: 'La longueur de la signature est incorrecte',
    todo: 'Signez à nouveau ; la signature d’un compte a 65 octets.',
  },
  ECDSAInvalidSignatureS: {
    title: 'La forme de la signature n’est pas acceptée',
    todo: 'Signez à nouveau avec un portefeuille récent.',
  },
  ERC20InsufficientAllowance: {
    title: 'Le séquestre n’est pas autorisé à prélever autant',
    todo: 'Autorisez au moins le dépôt, puis réessayez.',
  },
  ERC20InsufficientBalance: {
    title: 'Votre portefeuille ne contient pas assez d’euros',
    todo: 'Approvisionnez-le ou choisissez un dépôt plus petit.',
  },
  ERC20InvalidApprover: { title: 'Le jeton a refusé ce compte', todo: 'Utilisez un autre compte.' },
  ERC20InvalidReceiver: { title: 'Le jeton a refusé ce destinataire', todo: 'Choisissez un autre destinataire.' },
  ERC20InvalidSender: { title: 'Le jeton a refusé cet expéditeur', todo: 'Utilisez un autre compte.' },
  ERC20InvalidSpender: { title: 'Le jeton a refusé ce mandataire', todo: 'Autorisez le séquestre lui-même.' },
  ERC2612ExpiredSignature: { title: 'L’autorisation (permit) a expiré', todo: 'Signez-en une nouvelle.' },
  ERC2612InvalidSigner: {
    title: 'L’autorisation (permit) est signée par un autre compte',
    todo: 'Signez-la avec le compte qui paie.',
  },
  ERC3009InvalidAuthorizationTime: {
    title: 'L’autorisation de paiement a expiré',
    todo: 'Demandez un nouveau devis et signez à nouveau.',
  },
  ERC3009InvalidSignature: {
    title: 'L’autorisation de paiement n’est pas signée par le conducteur pour ces conditions exactes',
    todo: 'Signez les conditions affichées, avec le compte qui paie.',
  },
  ERC3009UsedAuthorization: {
    title: 'Cette autorisation de paiement a déjà servi ou a été annulée',
    todo: 'Vérifiez si la session est ouverte ; sinon, demandez un nouveau devis.',
  },
  EvseExists: {
    title: 'Ce point de charge est déjà enregistré',
    todo: 'Modifiez sa fiche au lieu de l’enregistrer à nouveau.',
  },
  EvseInactive: {
    title: 'Cette borne est fermée pour le moment',
    todo: 'Choisissez une autre borne, ou demandez un devis à l’opérateur.',
  },
  EvseUnknown: {
    title: 'Cet opérateur n’a pas cette borne',
    todo: 'Vérifiez l’identifiant et l’opérateur ; scannez à nouveau le code QR.',
  },
  ForeignEvse: {
    title: 'Cet identifiant appartient à une autre partie',
    todo: 'N’enregistrez que des identifiants qui commencent par votre partie.',
  },
  GasTooLow: { title: 'Trop peu de gaz a été fourni', todo: 'Renvoyez avec une limite de gaz plus haute.' },
  Implausible: {
    title: 'Les relevés ne peuvent pas être vrais',
    todo: 'Index, heures ou puissance se contredisent ; l’opérateur doit corriger le reçu.',
  },
  InsufficientCredit: {
    title: 'Le crédit d’énergie ne suffit pas',
    todo: 'Déposez du crédit ou choisissez un montant plus petit.',
  },
  InvalidAccountNonce: { title: 'L’autorisation (permit) a déjà servi', todo: 'Signez-en une nouvelle.' },
  InvalidRecipient: {
    title: 'Le crédit ne peut pas être envoyé au séquestre lui-même',
    todo: 'Choisissez l’un de vos comptes.',
  },
  InvalidShortString: {
    title: 'Le contrat a rencontré un texte mal formé',
    todo: 'Signalez-le ; cela ne doit pas arriver.',
  },
  MeterKeyCompromised: {
    title: 'L’opérateur a signalé cette clé de compteur comme compromise',
    todo: 'Réglez avec les deux signatures, ou sans contestation ; ses relevés ne prouvent plus rien.',
  },
  MeterKeyMissing: {
    title: 'Ces conditions ne nomment aucune clé de compteur',
    todo: 'Demandez un nouveau devis ; une session payante fixe toujours une clé.',
  },
  MeterKeyTooSoon: {
    title: 'Une nouvelle clé de compteur compte au plus tôt dans 24 heures',
    todo: 'Choisissez un début plus tardif.',
  },
  NoPayoutPending: {
    title: 'Aucun changement de compte de versement n’est en attente',
    todo: 'Il a été annulé ou a pris effet ; proposez-en un nouveau.',
  },
  NoReason: {
    title: 'L’appel a échoué sans raison donnée',
    todo: 'Il a sans doute manqué de gaz ; envoyez-le seul avec une limite plus haute.',
  },
  NotAnIncrease: {
    title: 'La session bloque déjà cette somme',
    todo: 'Choisissez une limite supérieure à ce qui est bloqué.',
  },
  NotAuthorised: {
    title: 'Ce compte ne peut pas faire cela pour l’opérateur',
    todo: 'Utilisez le compte du propriétaire, ou demandez-lui ce pouvoir (et vérifiez son échéance).',
  },
  NotDriver: {
    title: 'Seul le conducteur peut faire cela',
    todo: 'Envoyez-le depuis le compte nommé comme conducteur, ou joignez sa signature.',
  },
  NotOwner: {
    title: 'Seul le propriétaire de l’opérateur peut faire cela',
    todo: 'Utilisez le compte du propriétaire.',
  },
  NotPendingOwner: {
    title: 'L’opérateur n’a pas été proposé à ce compte',
    todo: 'Demandez d’abord au propriétaire de le proposer.',
  },
  NotTheProposal: { title: 'Ce n’est pas le reçu proposé', todo: 'Envoyez le reçu proposé tel quel.' },
  NotUnderRoot: {
    title: 'Le relevé n’appartient pas au reçu',
    todo: 'Envoyez le relevé avec son chemin sous meterRoot.',
  },
  OfferExpired: {
    title: 'L’offre permanente de la borne a expiré',
    todo: 'Demandez un devis à l’opérateur, ou choisissez une autre borne.',
  },
  OfferMismatch: {
    title: 'L’offre permanente de la borne a changé',
    todo: 'Chargez l’offre actuelle, regardez le prix et signez à nouveau.',
  },
  OfferMissing: { title: 'Cette borne n’a pas d’offre permanente', todo: 'Demandez un devis à l’opérateur.' },
  OnlySelf: {
    title: 'Seul le contrat lui-même appelle cette fonction',
    todo: 'Utilisez settleBatch ou acknowledgeStartBatch.',
  },
  OpenByTooFar: {
    title: 'Une session par offre permanente s’ouvre dans les 15 minutes',
    todo: 'Choisissez une échéance à 15 minutes au plus et signez à nouveau.',
  },
  OperatorExists: { title: 'Vous avez déjà enregistré cet opérateur', todo: 'Utilisez celui que vous avez.' },
  OperatorUnknown: {
    title: 'Cet opérateur n’existe pas',
    todo: 'Vérifiez l’identifiant de l’opérateur ; scannez à nouveau le code QR.',
  },
  PayeeMismatch: {
    title: 'Les conditions paient quelqu’un d’autre que l’opérateur',
    todo: 'Ne signez pas. Demandez un nouveau devis ; si cela se répète, évitez cette borne.',
  },
  PeriodOutOfOrder: {
    title: 'La période du relevé de compte chevauche la précédente',
    todo: 'Commencez la période où la précédente s’est terminée.',
  },
  QuoteExpired: { title: 'Le devis a expiré', todo: 'Demandez un nouveau devis et signez à nouveau.' },
  ReceivedAmountMismatch: {
    title: 'Le jeton a déplacé un autre montant que convenu',
    todo: 'Les jetons qui prélèvent des frais ne conviennent pas ; choisissez-en un autre.',
  },
  ReentrancyGuardReentrantCall: { title: 'L’appel vient de l’intérieur d’un autre', todo: 'Envoyez-le seul.' },
  SafeCastOverflowedUintDowncast: { title: 'Un nombre est trop grand', todo: 'Utilisez un nombre plus petit.' },
  SafeERC20FailedOperation: {
    title: 'Le jeton a refusé le transfert',
    todo: 'Vérifiez solde et autorisation ; l’émetteur a pu bloquer un compte. Pour un retrait, nommez un autre destinataire.',
  },
  SessionKeyNotAllowed: {
    title: 'La clé de session appartient à l’opérateur',
    todo: 'Ne signez pas. Laissez votre propre appareil créer la clé de session.',
  },
  SettleByOutOfRange: {
    title: 'Le délai de règlement doit finir dans 24 heures à 30 jours',
    todo: 'Demandez un nouveau devis.',
  },
  SignatureExpired: { title: 'Le délai de la signature est passé', todo: 'Signez à nouveau.' },
  SourceMismatch: {
    title: 'Ces conditions sont payées par un autre moyen',
    todo: 'Ouvrez la session comme les conditions le disent : crédit, autorisation ou prélèvement signé.',
  },
  StartByOutOfRange: {
    title: 'Le début doit suivre l’échéance du devis de 24 heures au plus',
    todo: 'Demandez un nouveau devis.',
  },
  StatementOutOfOrder: {
    title: 'Ce relevé de compte n’est pas le suivant',
    todo: 'Numérotez-le un de plus que le dernier payé.',
  },
  StringTooLong: { title: 'Un texte est trop long', todo: 'Raccourcissez-le.' },
  TermsOutsideOffer: {
    title: 'Les conditions diffèrent de l’offre permanente de la borne',
    todo: 'Reprenez prix, délais et limites de l’offre telle qu’elle est.',
  },
  TokenNotAccepted: {
    title: 'Le séquestre n’accepte pas ce jeton',
    todo: 'Payez avec l’un des jetons en euros acceptés.',
  },
  TokenRefused: {
    title: 'Le jeton a refusé le paiement',
    todo: 'Vérifiez solde, autorisation et échéance, puis réessayez.',
  },
  TooEarly: { title: 'Il est trop tôt', todo: 'Attendez l’heure indiquée, puis réessayez.' },
  TooLate: {
    title: 'Le délai est passé',
    todo: 'Regardez la session : l’étape suivante est peut-être ouverte à tous.',
  },
  UnsupportedToken: {
    title: 'Ce jeton ne convient pas à un séquestre',
    todo: 'Nommez chaque jeton une fois ; il doit exister et avoir 6 décimales.',
  },
  WrongMeterKey: {
    title: 'Ce n’est pas la clé de compteur de la session',
    todo: 'Utilisez la clé en vigueur au moment de l’accord.',
  },
  WrongRecordKind: {
    title: 'Le relevé est d’un autre genre',
    todo: 'Une preuve demande un relevé START et un relevé END.',
  },
  WrongSession: {
    title: 'Ceci appartient à une autre session',
    todo: 'Utilisez le reçu et les relevés de cette session.',
  },
  WrongStatus: {
    title: 'L’état de la session ne le permet pas',
    todo: 'Regardez la session : elle n’est peut-être pas encore ouverte, ou déjà réglée.',
  },
  ZeroAddress: { title: 'Une adresse de compte manque', todo: 'Nommez le compte.' },
  ZeroAmount: { title: 'Le montant est nul', todo: 'Saisissez un montant supérieur à zéro.' },
}
