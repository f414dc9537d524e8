/** MapLibre's own words for styles; types alone, so that phones and tests load no map. */
export type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl'
