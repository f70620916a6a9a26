declare module 'virtual:land' {
  /** The address of the land of the world as GeoJSON. */
  const address: string;
  export default address;
}
