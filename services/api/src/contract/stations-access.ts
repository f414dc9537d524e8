const station = '/v1/parties/{party}/stations/{stationId}'
const campaigns = '/v1/parties/{party}/firmware-campaigns'
const sites = '/v1/parties/{party}/station-sites'

/** The routes of an operator's charging stations, in the form of access.ts. */
export const stationAccess = {
  listStations: { method: 'GET', path: '/v1/parties/{party}/stations', access: 'stations:read', limit: 'read' },
  registerStation: {
    method: 'POST',
    path: '/v1/parties/{party}/stations',
    access: 'stations:write',
    limit: 'command',
  },
  getStation: { method: 'GET', path: station, access: 'stations:read', limit: 'read' },
  changeStation: { method: 'PATCH', path: station, access: 'stations:write', limit: 'command' },
  removeStation: { method: 'DELETE', path: station, access: 'stations:write', limit: 'command' },
  rekeyStation: { method: 'POST', path: `${station}/rekey`, access: 'stations:write', limit: 'command' },
  sendToStation: { method: 'POST', path: `${station}/commands`, access: 'stations:write', limit: 'command' },
  listQueuedStationCommands: { method: 'GET', path: `${station}/commands`, access: 'stations:read', limit: 'read' },
  withdrawStationCommand: {
    method: 'DELETE',
    path: `${station}/commands/{commandId}`,
    access: 'stations:write',
    limit: 'command',
  },
  listStationMessages: { method: 'GET', path: `${station}/messages`, access: 'stations:read', limit: 'read' },
  exportStationMessages: { method: 'GET', path: `${station}/messages.ndjson`, access: 'stations:read', limit: 'read' },
  listStationSettings: { method: 'GET', path: `${station}/settings`, access: 'stations:read', limit: 'read' },
  readStationSettings: { method: 'POST', path: `${station}/settings/read`, access: 'stations:write', limit: 'command' },
  putStationSetting: { method: 'POST', path: `${station}/settings`, access: 'stations:write', limit: 'command' },
  listStationFacts: { method: 'GET', path: `${station}/facts/{kind}`, access: 'stations:read', limit: 'read' },
  listStationTransactions: { method: 'GET', path: `${station}/transactions`, access: 'stations:read', limit: 'read' },
  getStationSignedValues: {
    method: 'GET',
    path: `${station}/transactions/{transactionId}/signed-values`,
    access: 'stations:read',
    limit: 'read',
  },
  listStationOrphans: { method: 'GET', path: `${station}/orphans`, access: 'stations:read', limit: 'read' },
  listStationDeviations: { method: 'GET', path: `${station}/deviations`, access: 'stations:read', limit: 'read' },
  askStationLog: { method: 'POST', path: `${station}/logs`, access: 'stations:write', limit: 'command' },
  getStationLog: {
    method: 'GET',
    path: '/v1/parties/{party}/station-logs/{fileId}',
    access: 'stations:read',
    limit: 'read',
  },
  putFirmware: {
    method: 'PUT',
    path: '/v1/parties/{party}/firmware/{firmwareId}',
    access: 'stations:write',
    limit: 'command',
  },
  beginFirmwareCampaign: { method: 'POST', path: campaigns, access: 'stations:write', limit: 'command' },
  listFirmwareCampaigns: { method: 'GET', path: campaigns, access: 'stations:read', limit: 'read' },
  getFirmwareCampaign: { method: 'GET', path: `${campaigns}/{campaignId}`, access: 'stations:read', limit: 'read' },
  pauseFirmwareCampaign: {
    method: 'POST',
    path: `${campaigns}/{campaignId}/pause`,
    access: 'stations:write',
    limit: 'command',
  },
  listStationSites: { method: 'GET', path: sites, access: 'stations:read', limit: 'read' },
  getStationSite: { method: 'GET', path: `${sites}/{siteId}`, access: 'stations:read', limit: 'read' },
  putStationSite: { method: 'PUT', path: `${sites}/{siteId}`, access: 'stations:write', limit: 'command' },
  removeStationSite: { method: 'DELETE', path: `${sites}/{siteId}`, access: 'stations:write', limit: 'command' },
  putDepartureTarget: { method: 'POST', path: `${sites}/{siteId}/targets`, access: 'stations:write', limit: 'command' },
} as const
