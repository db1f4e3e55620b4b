export const energyText = (wattHours: number): string =>
  wattHours < 1_000 ? `${wattHours.toFixed(1)} Wh` : `${(wattHours / 1_000).toFixed(2)} kWh`
