const DeskScreen = () => <p />
export default DeskScreen
