/** Class names of a CSS module, by the names that the file gives them. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module "*.css";
/** Where a picture lies once the console is built. */
declare module "*.svg" {
  const address: string;
  export default address;
}
