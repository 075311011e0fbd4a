/** The mailbox of an address: what stands after a plus (`kim+news@shop.example`) leads to the same one (RFC 5233). */
export const mailboxOf = (address: string): string => address.replace(/\+[^@]*@/, "@");
